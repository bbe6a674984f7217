export { default as AirDatepicker } from "air-datepicker";

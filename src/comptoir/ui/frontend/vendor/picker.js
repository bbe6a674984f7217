export { default as TomSelect } from "tom-select/base";

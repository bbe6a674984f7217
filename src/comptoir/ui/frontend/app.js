// The script of every page with scripts: Alpine (its build for a strict CSP) and our components.

import Alpine from "@alpinejs/csp";

import "./appearance.js";
import "./calc.js";
import "./dialogs.js";
import "./menus.js";
import "./neighbours.js";
import "./suggest.js";
import "./toasts.js";
import { code } from "./code.js";
import { autosave, guard, sections } from "./forms.js";
import { lines } from "./lines.js";
import { palette } from "./palette.js";
import { copyaddress, people } from "./people.js";
import { picker } from "./picker.js";
import { preview } from "./preview.js";
import { ranges } from "./ranges.js";
import { records } from "./records.js";
import { settling } from "./settling.js";
import { drop, secret, tile } from "./small.js";

// A component declares all its fields: what Alpine does not find goes to the outermost component around it.
const components = { autosave, code, copyaddress, drop, guard, lines, palette, people, picker, preview, ranges, records, secret, sections, settling, tile };
for (const [name, component] of Object.entries(components)) Alpine.data(name, component);

window.Alpine = Alpine;
Alpine.start();

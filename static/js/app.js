// All behaviours of the pages, one custom element or one small module each.
import "./elements/app-toast.js";
import "./elements/demo-people.js";
import "./elements/relative-times.js";
import "./menus.js";

import {commandLine} from "./commandLine.js";
import {createNotebook} from "./edit/create.js";

/** npm run new -- week2/my-notebook: a notebook from the template. */
const {positionals} = commandLine("new", {allowPositionals: true});
try {
  console.log(`src/${await createNotebook("src", positionals[0] ?? "")}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

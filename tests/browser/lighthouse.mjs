// Lighthouse at its settings for telephones, on one page after another in one browser.
//
// node lighthouse.mjs NODE_MODULES FLAGS ADDRESS… prints a list of reports, in JSON.

import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [tools, flags, ...addresses] = process.argv.slice(2);
const from = path => import(pathToFileURL(join(tools, path)).href);
const { default: lighthouse } = await from("lighthouse/core/index.js");
const { launch } = await from("chrome-launcher/dist/index.js");

const chrome = await launch({ chromeFlags: ["--headless", ...flags.split(" ")] });
try {
    const reports = [];
    for (const address of addresses) {
        const options = { port: chrome.port, logLevel: "error", disableFullPageScreenshot: true };
        reports.push((await lighthouse(address, options)).lhr);
    }
    process.stdout.write(JSON.stringify(reports));
} finally {
    chrome.kill();
}

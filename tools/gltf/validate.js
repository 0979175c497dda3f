// Prints what the Khronos validator finds in a GLB file, as JSON. node validate.js FILE
const fs = require("fs");
const validator = require("gltf-validator");

validator.validateBytes(new Uint8Array(fs.readFileSync(process.argv[2])), { maxIssues: 0 }).then((report) => {
    console.log(JSON.stringify({ validator: report.validatorVersion, issues: report.issues, info: report.info }));
});

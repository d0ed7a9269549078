import { serveHelper } from "../src/adapters/helper/serve-helper.ts";

serveHelper();

import { configure } from "@testing-library/dom";

// A machine at work elsewhere is slow, not wrong: what a test looks for may take longer to appear than a second.
configure({ asyncUtilTimeout: 10_000 });

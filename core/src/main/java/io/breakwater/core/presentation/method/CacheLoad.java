package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.catalog.ToolEntry;
import io.breakwater.core.presentation.json.ParsedJson;

/** What is to be done for whom: a tool, arguments that have passed, and the call that wants it. */
record CacheLoad(ToolEntry tool, ParsedJson arguments, ActiveCall call) {}

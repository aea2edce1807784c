package io.breakwater.core.presentation.cache;

import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.catalog.ToolEntry;
import io.breakwater.core.presentation.json.ParsedJson;

/** What a load runs: a tool, its validated arguments, and the call that requests the result. */
record CacheLoad(ToolEntry tool, ParsedJson arguments, ActiveCall call) {}

package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.call.LiveCall;
import io.breakwater.core.presentation.catalog.registry.ToolEntry;
import io.breakwater.core.presentation.json.Document;

/** What is to be done for whom: a tool, arguments that have passed, and the call that wants it. */
record Errand(ToolEntry tool, Document arguments, LiveCall call) {}

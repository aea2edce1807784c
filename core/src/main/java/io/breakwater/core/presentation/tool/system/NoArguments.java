package io.breakwater.core.presentation.tool.system;

/** For tools that need not be told anything. */
record NoArguments() {}

package io.breakwater.core.presentation.tool.system;

/** The arguments of tools without arguments. */
record NoArguments() {}

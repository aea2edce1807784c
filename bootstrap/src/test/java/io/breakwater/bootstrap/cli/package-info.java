@NullMarked
package io.breakwater.bootstrap.cli;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.breakwater.bootstrap.console;

import org.jspecify.annotations.NullMarked;

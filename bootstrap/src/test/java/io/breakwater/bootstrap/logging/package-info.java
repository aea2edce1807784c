@NullMarked
package io.breakwater.bootstrap.logging;

import org.jspecify.annotations.NullMarked;

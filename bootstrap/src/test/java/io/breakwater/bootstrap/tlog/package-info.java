@NullMarked
package io.breakwater.bootstrap.tlog;

import org.jspecify.annotations.NullMarked;

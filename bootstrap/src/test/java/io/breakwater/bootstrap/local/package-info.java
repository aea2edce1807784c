@NullMarked
package io.breakwater.bootstrap.local;

import org.jspecify.annotations.NullMarked;

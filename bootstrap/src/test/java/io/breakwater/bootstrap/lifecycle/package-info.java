@NullMarked
package io.breakwater.bootstrap.lifecycle;

import org.jspecify.annotations.NullMarked;

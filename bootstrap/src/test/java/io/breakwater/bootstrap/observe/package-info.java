@NullMarked
package io.breakwater.bootstrap.observe;

import org.jspecify.annotations.NullMarked;

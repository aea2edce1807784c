@NullMarked
package io.breakwater.bootstrap.host;

import org.jspecify.annotations.NullMarked;

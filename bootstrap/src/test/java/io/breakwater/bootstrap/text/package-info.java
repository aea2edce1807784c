@NullMarked
package io.breakwater.bootstrap.text;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.breakwater.bootstrap.demo;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.breakwater.bootstrap.config;

import org.jspecify.annotations.NullMarked;

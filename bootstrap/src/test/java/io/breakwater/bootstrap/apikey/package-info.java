@NullMarked
package io.breakwater.bootstrap.apikey;

import org.jspecify.annotations.NullMarked;

/** The program an operator runs. */
@NullMarked
package io.breakwater.bootstrap;

import org.jspecify.annotations.NullMarked;

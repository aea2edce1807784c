/** Files that tests need for a while. */
@NullMarked
package io.breakwater.sample.files;

import org.jspecify.annotations.NullMarked;

/** The distribution as its users meet it: started by its own launcher, used by clients that others wrote. */
@NullMarked
package io.breakwater.bootstrap.endtoend;

import org.jspecify.annotations.NullMarked;

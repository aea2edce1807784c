/** The architecture of the whole house as tests; a rule and its planted violation side by side. */
@NullMarked
package io.breakwater.bootstrap.architecture;

import org.jspecify.annotations.NullMarked;

/** The identities of callers. */
@NullMarked
package io.breakwater.core.business.access;

import org.jspecify.annotations.NullMarked;

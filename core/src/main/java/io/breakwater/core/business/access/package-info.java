/** Who calls, and what they may: identities and the decisions about them. */
@NullMarked
package io.breakwater.core.business.access;

import org.jspecify.annotations.NullMarked;

/** Authentication and authorization: credentials, the budget of failed checks, and the rules of access. */
@NullMarked
package io.breakwater.core.business.access;

import org.jspecify.annotations.NullMarked;

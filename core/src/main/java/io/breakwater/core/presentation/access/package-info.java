/**
 * Authentication over HTTP and stdio: credentials in header fields, challenges, and the OAuth metadata; and the endpoint
 * that explains refused accesses.
 */
@NullMarked
package io.breakwater.core.presentation.access;

import org.jspecify.annotations.NullMarked;

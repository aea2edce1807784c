/**
 * Authentication: the checks of API keys, tokens and passwords, the budget of failed checks, and the interfaces for what
 * they store.
 */
@NullMarked
package io.breakwater.core.business.authentication;

import org.jspecify.annotations.NullMarked;

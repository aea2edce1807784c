/**
 * Authorization: the engine for the rules of the operator, and the access control that combines them with the policy of
 * the embedder. It decides for lists and for calls alike.
 */
@NullMarked
package io.breakwater.core.business.authorization;

import org.jspecify.annotations.NullMarked;

/**
 * A small OpenID provider for tests, and the keys and tokens of issuers. It uses the JDK only, so that no library that
 * the server uses is tested with itself.
 */
@NullMarked
package io.breakwater.sample.identity;

import org.jspecify.annotations.NullMarked;

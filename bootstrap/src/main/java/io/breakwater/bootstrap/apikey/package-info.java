/**
 * The file of API keys: {@link io.breakwater.bootstrap.apikey.ApiKeysFile} serves its keys and watches it, and
 * {@link io.breakwater.bootstrap.apikey.ApiKeysEditor} changes it for the command line.
 */
@NullMarked
package io.breakwater.bootstrap.apikey;

import org.jspecify.annotations.NullMarked;

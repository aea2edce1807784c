/** Local accounts: hashes of their passwords, the tokens that the server signs itself, and changes by an operator. */
@NullMarked
package io.breakwater.bootstrap.account;

import org.jspecify.annotations.NullMarked;

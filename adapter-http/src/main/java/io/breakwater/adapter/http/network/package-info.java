/** IP addresses and networks in text form. */
@NullMarked
package io.breakwater.adapter.http.network;

import org.jspecify.annotations.NullMarked;

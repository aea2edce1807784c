/**
 * The permits with which calls run: adaptive limits for cost classes, fair shares for callers, and the queue of the calls
 * that wait. {@link io.breakwater.core.business.concurrency.PermitPool} is the entry. Time is a parameter of all of them.
 */
@NullMarked
package io.breakwater.core.business.concurrency;

import org.jspecify.annotations.NullMarked;

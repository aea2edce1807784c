package io.breakwater.core.business.orders;

import io.breakwater.port.PortException;

/** What operators should know about orders. */
public interface OrderEvents {

    /** An order has ended, and is completed or cancelled. */
    void ended(Order order);

    /** A call has left an order to a repeated call or to the recovery, because the outcome of a request is not known yet. */
    void left(Order order);

    /** An order has ended with an outcome that no run will find out, so an operator has to look at the services. */
    void unresolved(Order order);

    /** The store did not accept what has become of an order; the order is continued later. */
    void notRecorded(Order order, PortException failure);
}

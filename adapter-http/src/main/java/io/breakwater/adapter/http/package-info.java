/**
 * MCP over HTTP on Vert.x: the endpoint, its limits, and whatever pages it is handed.
 *
 * <p>A way through the package, in the order a request takes: a connection passes the {@code Gate} (how many, from where)
 * and becomes a {@code Connection} (is its head in time) of one event {@code Loop}; {@code StrictDecoder} takes its bytes
 * apart, and each request on it is an {@code Exchange} until its answer is flushed. {@code Site} decides by the head: {@code FrontDoor} (Host, Origin), then
 * {@code McpDesk} or a {@code PageDesk}. {@code Body} reads within the limits, {@code McpReply} answers, as one body or as
 * an {@code EventStream}. What is turned away is turned away by one table, {@code Refusal}; what core says about an
 * answer becomes a status by one table, {@code Answers}.
 */
@NullMarked
package io.breakwater.adapter.http;

import org.jspecify.annotations.NullMarked;

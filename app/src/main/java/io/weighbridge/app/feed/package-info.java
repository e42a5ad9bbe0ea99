/**
 * Topics as people read them: {@link io.weighbridge.app.feed.TopicReader} for one look or a tail, {@link io.weighbridge.app.feed.LiveFeed} for
 * the present picture in memory, and the JSON forms of what they show. Reads only, outside of any consumer group.
 */
package io.weighbridge.app.feed;

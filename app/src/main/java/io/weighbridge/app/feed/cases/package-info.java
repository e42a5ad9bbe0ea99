/** Every case in memory: {@link io.weighbridge.app.feed.cases.CaseBook} finds, sorts, counts and groups them for lists and charts. */
package io.weighbridge.app.feed.cases;

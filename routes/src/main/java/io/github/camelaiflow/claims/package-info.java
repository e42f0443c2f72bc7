/**
 * The insurance case's data: claims with planted fraud, planted defects and a planted drift, all of it known beforehand,
 * so that what a route decides can be held against the truth. Needs nothing of Tribuo.
 */
package io.github.camelaiflow.claims;

/** What the pages that tell results to people have in common: how they look, escaped HTML, charts, numbers in words. Knows no feature. */
package io.github.camelaiflow.page;

/**
 * What can be chosen by name: a {@link org.samegan.core.setting.Setting} says once what a choice is
 * called, which values it takes, its default and what it means; help, checks and schemas follow
 * from that. {@link org.samegan.core.setting.Settings} are the values of several.
 */
package org.samegan.core.setting;

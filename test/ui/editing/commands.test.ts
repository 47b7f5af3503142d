import {expect, test} from "vitest";
import {type ReaderActions, readerCommands} from "../../../src/components/ui/editing/commands.js";
import {type Bench, type Command, commandsOf, keyNames} from "../../../src/components/ui/editorCommands.js";

const lists: Record<string, Command[]> = {
  preview: commandsOf({} as Bench),
  published: readerCommands({} as Bench, {} as ReaderActions)
};
const listed = (place: string) =>
  lists[place].map(({name, keys}) => [name, keyNames(keys)].filter(Boolean).join(" · "));

test("the preview lists what can be done to a block and to the page, each with its keys", () => {
  expect(listed("preview")).toEqual([
    "Edit · Alt+E or Enter",
    "Edit the file of this listing · Alt+Shift+E",
    "New cell above · A",
    "New cell below · B",
    "New text above · Shift+A",
    "New text below · Shift+B",
    "Move up · Alt+Shift+↑",
    "Move down · Alt+Shift+↓",
    "Duplicate · D",
    "Delete · Delete",
    "Take the last of these back · Ctrl+Z",
    "Ask before running this cell, or no more",
    "Go to the next block · Alt+↓",
    "Go to the block before · Alt+↑",
    "Run stale cells · Alt+R",
    "Stop all · Alt+S",
    "New notebook",
    "All commands · Alt+P"
  ]);
});

test("a reader of the site can change blocks and take changes back, and has no command for files", () => {
  expect(listed("published")).toEqual([
    "Edit · Alt+E or Enter",
    "Reset this block · Alt+Shift+R",
    "Show your changes of this page · Alt+Shift+C",
    "Copy the page as Markdown",
    "Copy a link with your changes",
    "Reset the page",
    "Take the last change back · Ctrl+Z",
    "Go to the next block · Alt+↓",
    "Go to the block before · Alt+↑",
    "Run stale cells · Alt+R",
    "Stop all · Alt+S",
    "All commands · Alt+P"
  ]);
});

test.each(Object.keys(lists))("no two commands share a key, %s", (place) => {
  const keys = lists[place].flatMap(({keys}) => keys);
  expect(new Set(keys).size).toBe(keys.length);
});

test("a notebook is made from the page, and neither renamed nor deleted: that is the command line's", () => {
  const names = Object.values(lists).flatMap((commands) => commands.map(({name}) => name));
  expect(names.filter((name) => /notebook|rename|remove/i.test(name))).toEqual(["New notebook"]);
});

import { cleanup, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import type { Notice } from "../../api/types";
import { NoticeRow } from "./NoticeRow";

vi.mock("@tanstack/react-router", () => ({
  Link: ({ children }: { children: ReactNode }) => <span>{children}</span>,
}));

afterEach(cleanup);

const notice: Notice = {
  id: 1,
  kind: "notice",
  text: "报价发出后两天没有进展，已请负责人跟进",
  about: { entity: "quote", id: 7, number: "SZ26-000892", customer: "苏州金鼎" },
  owner: "陈思远",
  net: "9026.98",
  state: "issued",
  shown_at: 0,
  read: true,
};

it("says whose quotation a message is about and what it comes to, so that none is like the next", () => {
  render(<NoticeRow notice={notice} onOpen={() => {}} />);
  screen.getByText("负责人：陈思远");
  screen.getByText("¥9,026.98");
  cleanup();
  render(<NoticeRow notice={{ ...notice, owner: null, net: null }} onOpen={() => {}} />);
  expect(screen.queryByText(/负责人：|¥/), "one's own, without prices").toBeNull();
});

it("says that the quotation is signed by now, where the message still asks for something", () => {
  render(<NoticeRow notice={notice} onOpen={() => {}} />);
  expect(screen.queryByText("已签约"), "it waits").toBeNull();
  cleanup();
  render(<NoticeRow notice={{ ...notice, read: false, state: "signed" }} onOpen={() => {}} />);
  screen.getByText("已签约");
  cleanup();
  render(<NoticeRow notice={{ ...notice, kind: "accepted", state: "signed" }} onOpen={() => {}} />);
  expect(screen.queryByText("已签约"), "the message says it itself").toBeNull();
});

it("says of a draft that its sum is the one of now, whenever the message came", () => {
  render(<NoticeRow notice={{ ...notice, kind: "ask_ended", state: "draft" }} onOpen={() => {}} />);
  screen.getByText("现在 ¥9,026.98");
});

it("offers no mark to whoever only looks through another's eyes", () => {
  const fresh = { ...notice, read: false };
  render(<NoticeRow notice={fresh} onOpen={() => {}} />);
  screen.getByRole("button", { name: /^标为已读/ });
  cleanup();
  render(<NoticeRow notice={fresh} mayMark={false} onOpen={() => {}} />);
  expect(screen.queryByRole("button", { name: /^标为已读/ })).toBeNull();
});

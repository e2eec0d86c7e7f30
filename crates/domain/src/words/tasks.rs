//! Words of tasks: why something is not done with one, and what the people concerned are told.

use serde_json::{Value, json};

use crate::base::{Refusal, RefusalSort};
use crate::tasks::{TaskRefused, TaskState};

/// Stands for the words of a message whose reader looks through another's eyes and may not see quotations.
pub const VEILED: &str = "你看不到报价单，这条消息的内容不显示。";

/// Where a task stands.
pub fn state_name(state: TaskState) -> &'static str {
    match state {
        TaskState::Open => "待办",
        TaskState::Done => "已完成",
        TaskState::Refused => "已退回",
        TaskState::Over => "已自动了结",
    }
}

/// What the next holder is told.
pub fn handed_over(by: &str, text: &str) -> String {
    format!("{by} 把任务转给你：{text}")
}

/// What those who manage the holder are told.
pub fn refused_by(by: &str, text: &str, reason: &str) -> String {
    format!("{by} 退回了任务「{text}」：{reason}")
}

impl Refusal for TaskRefused {
    fn code(&self) -> &'static str {
        match self {
            TaskRefused::NotOpen { .. } => "task_not_open",
            TaskRefused::NotSettled { .. } => "task_not_settled",
            TaskRefused::FileMissing => "task_file_missing",
            TaskRefused::TheyCannotSee { .. } => "task_holder_blind",
            TaskRefused::SameHolder { .. } => "task_same_holder",
        }
    }

    fn sort(&self) -> RefusalSort {
        match self {
            TaskRefused::NotOpen { .. } | TaskRefused::NotSettled { .. } => RefusalSort::State,
            TaskRefused::FileMissing | TaskRefused::TheyCannotSee { .. } | TaskRefused::SameHolder { .. } => {
                RefusalSort::Invalid
            }
        }
    }

    fn facts(&self) -> Value {
        match self {
            TaskRefused::NotOpen { state } | TaskRefused::NotSettled { state } => {
                json!({"state": state.key()})
            }
            TaskRefused::FileMissing => json!({}),
            TaskRefused::TheyCannotSee { name } | TaskRefused::SameHolder { name } => json!({"name": name}),
        }
    }

    fn sentence(&self) -> String {
        match self {
            TaskRefused::NotOpen { state } => {
                format!("这个任务{}，不用再处理。请刷新列表。", state_name(*state))
            }
            TaskRefused::NotSettled { state } => {
                format!("这个任务现在是「{}」，只有已完成或已退回的才能重新打开。", state_name(*state))
            }
            TaskRefused::FileMissing => "这个任务要有照片或单据才算完成，请先拍照或上传文件。".to_string(),
            TaskRefused::TheyCannotSee { name } => {
                format!("{name} 看不到这张单据，不能转给他。请选能看到这张单据的同事。")
            }
            TaskRefused::SameHolder { name } => format!("这个任务已经在 {name} 手里，请选别的同事。"),
        }
    }
}
